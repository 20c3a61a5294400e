"""The staff page: clerks and heads see the open receipts and deal with them."""
