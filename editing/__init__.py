"""Tools for the people who keep the guides: checks, schemas, work lists, figures, exchange."""
