"""Writing an announcement, choosing its audience, and letting it go."""
