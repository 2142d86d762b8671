"""All Qt: pages, forms and dialogs over the use cases."""
