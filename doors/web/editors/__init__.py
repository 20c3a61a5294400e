"""The editors' page: the guides as a tree, one entry beside what citizens read, and why."""
