"""What each kind of sheet looks like, and what its rows mean."""
