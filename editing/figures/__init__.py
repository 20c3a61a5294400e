"""The figures of a month, as halls report them: a page, and tables for a spreadsheet."""
