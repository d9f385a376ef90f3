package dev.gatehouse.connection;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Undertow's connection or HTTP/2 stream. It ends a message in good order whatever a servlet
 * throws, so it has to be told to cut it.
 */
final class UndertowConnection extends ClientConnection {
  private final Object request;

  UndertowConnection(Object request) {
    this.request = request;
  }

  static boolean isMaxPostSize(Throwable failure) {
    return failure.getClass().getName().equals("io.undertow.server.RequestTooBigException");
  }

  /**
   * Its flush tries once and forgets what the connection does not take; without a buffer it is the
   * writing that waits.
   */
  @Override
  public void prepare(HttpServletResponse response) {
    response.setBufferSize(1);
  }

  @Override
  public boolean cut() throws IOException {
    try {
      ((Closeable) connection()).close(); // of HTTP/2 it is the stream
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IOException("this Undertow can't be told to cut a message", e);
    }
  }

  /** Its input stream says that it is finished only after a read; the exchange knows. */
  @Override
  public boolean hasContent(HttpServletRequest own) throws UnfitException {
    try {
      return Members.get(Members.get(request, "getExchange"), "isRequestComplete").equals(false);
    } catch (ReflectiveOperationException e) {
      throw new UnfitException(e);
    }
  }

  @Override
  public Look look() throws UnfitException {
    try {
      Object connection = connection();
      return switch (connection.getClass().getSimpleName()) {
        case "HttpServerConnection" -> read(connection);
        case "Http2ServerConnection" -> stream(connection);
        default -> Look.BLIND;
      };
    } catch (IOException e) {
      return Look.GONE;
    } catch (ReflectiveOperationException e) {
      throw new UnfitException(e);
    }
  }

  private Object connection() throws ReflectiveOperationException {
    return Members.get(Members.get(request, "getExchange"), "getConnection");
  }

  private static Look read(Object connection) throws ReflectiveOperationException, IOException {
    Object pipelined = Members.call(connection, "getExtraBytes", new Class<?>[0]);
    if (pipelined != Members.Nothing.NOTHING) {
      return Look.BLIND; // and what we read would come out of order
    }
    ByteBuffer one = ByteBuffer.allocate(1);
    Object conduit = Members.get(connection, "getOriginalSourceConduit");
    Class<?>[] buffer = {ByteBuffer.class};
    int read = (Integer) Members.call(conduit, "read", buffer, one);
    if (read > 0) {
      Object pooled = Members.get(Members.get(connection, "getByteBufferPool"), "allocate");
      ((ByteBuffer) Members.get(pooled, "getBuffer")).put(one.flip()).flip();
      for (var method : connection.getClass().getMethods()) {
        if (method.getName().equals("ungetRequestBytes")) {
          method.invoke(connection, pooled);
          return Look.BLIND;
        }
      }
      throw new NoSuchMethodException("ungetRequestBytes");
    }
    return read < 0 ? Look.GONE : Look.SILENT;
  }

  private static Look stream(Object connection) throws ReflectiveOperationException {
    if (Members.get(connection, "isOpen").equals(false)) {
      return Look.GONE;
    }
    Object channel = Members.field(connection, "responseChannel");
    boolean broken =
        Members.get(channel, "isOpen").equals(false)
            || Members.get(channel, "isBroken").equals(true);
    return broken ? Look.GONE : Look.SILENT;
  }
}
