"""Pages and dialogs of meetings."""
