"""登录安全 (security): what everybody does about their own signing in: second factor, recovery codes, sessions."""
