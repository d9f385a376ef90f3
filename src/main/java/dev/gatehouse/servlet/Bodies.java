package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The bodies of requests, for a filter that has to know one before its request goes on. */
public interface Bodies {
  /**
   * Whether a body comes with a request of which nothing was read.
   *
   * @throws IOException if the client is gone
   */
  boolean isThere(HttpServletRequest request) throws IOException;

  /** Bytes up to which the body of this request can be read before it goes on. */
  int most(HttpServletRequest request);

  /**
   * Reads a body, while no thread waits for it. What was read goes with the request wherever it is
   * forwarded to, and so does the rest.
   *
   * <p>Nobody is told of a body whose client fails: then the exchange is over.
   *
   * @param request asynchronous by now
   * @param then told once the SHA-256 of the whole body, or nothing if there is more of it, or it
   *     comes in too many pieces; it is quick
   */
  Reading read(BoundRequest request, HttpServletResponse response, Consumer<Optional<String>> then);

  /** Gives another request the whole body that was read of this one, if any was. */
  void copy(HttpServletRequest from, HttpServletRequest to);

  /** A body that is being read. */
  interface Reading {
    /** Reads no more, as that takes too long. */
    void stop();
  }
}
