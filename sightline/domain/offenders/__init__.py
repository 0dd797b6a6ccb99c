"""Hold what managed offenders must tell, by when, who must visit them by when, and which children are near them."""
