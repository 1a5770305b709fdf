"""Reading a saved page: no request, no clock, no settings."""
