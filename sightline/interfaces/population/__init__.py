"""Reading everybody: the same work over partitions, by processes of this machine or by Spark."""
