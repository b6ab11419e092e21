"""``vanban.kb``: Documents in, answers out."""
