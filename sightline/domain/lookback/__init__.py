"""Look back on one child: what each agency knew when, which signs could first be seen when, and who acted when."""
