"""Tests that go through a real server and the vendor's own client."""
