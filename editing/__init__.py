"""Tools for the people who edit guides: what check shows, schemas, skeletons."""
