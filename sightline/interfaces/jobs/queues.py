"""The queues of jobs: what is read at once, and what the clock asks for."""

READING = "reading"
ROUNDS = "rounds"
