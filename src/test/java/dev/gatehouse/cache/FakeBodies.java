package dev.gatehouse.cache;

import dev.gatehouse.servlet.Bodies;
import dev.gatehouse.servlet.BoundRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Bodies that are read when a test says so. */
final class FakeBodies implements Bodies {
  static final int MOST = 1_000;
  private static final String COPIED = "copied";

  private final List<Reader> readers = new ArrayList<>();
  private boolean gone;

  /** The client leaves before anything is read. */
  void clientIsGone() {
    gone = true;
  }

  List<Reader> readers() {
    return readers;
  }

  Reader last() {
    return readers.get(readers.size() - 1);
  }

  /** Of a request that somebody makes in a client's place: whether it has the client's body. */
  static boolean isCopied(HttpServletRequest request) {
    return request.getAttribute(COPIED) != null;
  }

  @Override
  public boolean isThere(HttpServletRequest request) throws IOException {
    if (gone) {
      throw new IOException("gone");
    }
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null
        || (length != null && !length.equals("0"));
  }

  @Override
  public int most(HttpServletRequest request) {
    return MOST;
  }

  @Override
  public Reading read(
      BoundRequest request, HttpServletResponse response, Consumer<Optional<String>> then) {
    Reader reader = new Reader(then);
    readers.add(reader);
    return reader;
  }

  @Override
  public void copy(HttpServletRequest from, HttpServletRequest to) {
    to.setAttribute(COPIED, from);
  }

  /** One body. */
  record Reader(Consumer<Optional<String>> then) implements Reading {
    void whole(String digest) {
      then.accept(Optional.of(digest));
    }

    @Override
    public void stop() {
      then.accept(Optional.empty());
    }
  }
}
