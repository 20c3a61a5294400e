"""Understanding: text in, meaning out. Knows no hall, no network and no clock."""
