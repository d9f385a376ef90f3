package dev.gatehouse.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Properties;
import org.ehcache.clustered.client.internal.ConnectionSource;
import org.jspecify.annotations.Nullable;
import org.terracotta.connection.ConnectionException;
import org.terracotta.lease.connection.LeasedConnection;

/**
 * Connects once. When a connection is lost, Ehcache asks for another one for ever, and can't be
 * closed meanwhile; {@link ClusterLink} knows better when to try again.
 */
final class OneConnection extends ConnectionSource.ClusterUri {
  private volatile @Nullable LeasedConnection connection;

  OneConnection(URI server) {
    super(server);
  }

  @Override
  public LeasedConnection connect(Properties properties) throws ConnectionException {
    if (connection != null) {
      throw new IllegalStateException("lost");
    }
    LeasedConnection made = super.connect(properties);
    connection = made;
    return made;
  }

  /** Nobody waits any longer for an answer. */
  void cut() {
    LeasedConnection made = connection;
    if (made != null) {
      try {
        made.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
