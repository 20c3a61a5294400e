"""The ledger: the register of every turn and every receipt."""
