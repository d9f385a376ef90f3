[description]
Makes the demonstration's development keys at the first start, before TLS is configured.

[tags]
demonstration

[before]
ssl-context

[xml]
etc/first-start.xml
