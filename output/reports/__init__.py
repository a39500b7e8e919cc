"""Reports for people and programs: a dedup report as rows, Markdown or one HTML page; the terminal's table is the command's."""
