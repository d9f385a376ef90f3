package dev.gatehouse.proxy;

import dev.gatehouse.connection.ClientConnection;
import dev.gatehouse.connection.ClientConnection.Look;
import dev.gatehouse.connection.UnfitException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether a client is still there. Guarded by the {@link ClientSide} that has it. */
final class Lookout {
  private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

  private final ClientConnection connection;
  private boolean watched; // since the last look
  private boolean blind; // looks at the client show nothing any more

  Lookout(ClientConnection connection) {
    this.connection = connection;
  }

  /**
   * What a look shows; the first of all, and those that can show nothing more, show silence.
   *
   * @param writing data that flow tell of a client that leaves
   */
  Look look(@Nullable ClientStream writing) throws UnfitException {
    if (blind || !watched) {
      watched = true;
      return Look.SILENT;
    }
    if (writing != null && !writing.hold()) {
      return Look.SILENT;
    }
    Look look;
    try {
      look = connection.look();
    } catch (RuntimeException e) { // what the container says of this one client
      LOG.debug("the client can't be looked at", e);
      look = Look.BLIND;
    } finally {
      if (writing != null) {
        writing.letGo();
      }
    }
    blind = look != Look.SILENT;
    return look;
  }
}
