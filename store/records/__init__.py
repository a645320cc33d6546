"""What people own on the platform: records kept here, and rows of the platform's own tables."""
