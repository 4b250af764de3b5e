package auth

// DemoPassword is the password of every account of the demo data.
const DemoPassword = "parkway-demo"
