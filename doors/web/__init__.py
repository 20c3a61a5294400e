"""The web door: one chat page, and the few routes between it and the desk."""
