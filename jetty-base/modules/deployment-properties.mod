[description]
Hands properties of start.d and of the command line on to webapps/gatehouse.xml.

[tags]
demonstration

[environment]
ee10

[depend]
ee10-deploy

[xml]
etc/deployment-properties.xml
