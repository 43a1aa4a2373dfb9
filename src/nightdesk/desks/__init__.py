"""Pages by audience. They read through queries, write through actions, and know neither records nor each other."""
