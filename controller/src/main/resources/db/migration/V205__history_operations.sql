-- What an account's instances went through, newest first: the entries that begin a launch, start, stop or termination.
CREATE INDEX history_operations ON history (account, id) WHERE event IN ('pending', 'stopping', 'shutting-down');
