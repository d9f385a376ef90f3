package dev.gatehouse.container.jetty;

import java.io.IOException;
import java.io.UncheckedIOException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Has Jetty look for context files at once, which its scanner else does every second at best. */
record DeploymentScan(JMXConnector connector) implements Runnable, AutoCloseable {
  private static final String SCANNER = "org.eclipse.jetty.deploy:type=deploymentscanner,*";

  @SuppressWarnings("BanJNDI") // the server is ours and on the loopback address
  static DeploymentScan of(int jmxPort) throws IOException {
    String url = "service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(jmxPort);
    return new DeploymentScan(JMXConnectorFactory.connect(new JMXServiceURL(url)));
  }

  @Override
  public void run() {
    try {
      MBeanServerConnection beans = connector.getMBeanServerConnection();
      for (ObjectName scanner : beans.queryNames(new ObjectName(SCANNER), null)) {
        beans.invoke(scanner, "scan", new Object[0], new String[0]);
      }
    } catch (JMException e) {
      throw new IllegalStateException("no scan", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
