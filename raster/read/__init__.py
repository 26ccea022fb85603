"""What is read: sources and their readers."""
