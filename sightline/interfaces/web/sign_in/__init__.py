"""How officers sign in, prove who they are again, and look after their second factors."""
