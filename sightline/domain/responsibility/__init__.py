"""Say who protects a child now, who enquires, who accommodates and who is responsible in the long term."""
