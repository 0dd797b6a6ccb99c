"""Look back on a child: who could have seen what when, what was owed, when somebody first acted."""
