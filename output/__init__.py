"""What leaves: corpus files, reports, exports, the command line."""
