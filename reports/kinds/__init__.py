"""Report kinds: figures to a manuscript, one file a kind."""
