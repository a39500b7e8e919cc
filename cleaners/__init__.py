"""Pages to article: pure functions, no network, no files, no clock."""
