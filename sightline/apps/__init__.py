"""What is known of this child: in each app models hold, queries read, actions write."""
