// The first content of this room follows.
