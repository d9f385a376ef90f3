package dev.gatehouse.container;

import dev.gatehouse.container.jetty.JettyContainer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** What we add to Arquillian: properties for its configuration, Jetty, and our deployer. */
public final class ServerExtension implements LoadableExtension {
  /** Held, or its level would be lost; here the Tomcat adapter tells of each JMX connection. */
  private static final Logger CHATTY = Logger.getLogger(ProtocolMetaData.class.getName());

  /** Used by Arquillian. */
  public ServerExtension() {}

  @Override
  public void register(ExtensionBuilder builder) {
    ServerUnderTest server = ServerUnderTest.current();
    server.properties().forEach(System::setProperty);
    CHATTY.setLevel(Level.WARNING);
    builder.observer(DeployerObserver.class);
    if (server.name().equals("jetty")) {
      builder.service(DeployableContainer.class, JettyContainer.class);
    }
  }
}
