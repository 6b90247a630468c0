"""What opens over the window and goes again."""
