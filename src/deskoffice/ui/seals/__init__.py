"""Pages and dialogs of seals and their use."""
