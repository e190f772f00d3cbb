"""Lets every test import `build`: pytest puts the folder of this file on the path."""
