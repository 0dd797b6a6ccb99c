"""What must hold before a child leaves custody, and how the journey to who receives the child is watched."""
