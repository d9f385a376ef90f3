package dev.gatehouse.servlet;

import dev.gatehouse.http.Fields;

/** What a backend gets of a request's fields, worked out once for all who want to know. */
public interface OutgoingHead {
  /** The fields, but Host, and what of them is for one connection. */
  Fields fields();
}
