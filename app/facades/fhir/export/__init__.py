"""Bulk Data Access: the clients of the own organisation as files of resources."""
