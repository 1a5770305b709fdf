"""Report formats: a manuscript to bytes, one file a format."""
