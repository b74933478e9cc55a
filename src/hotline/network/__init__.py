"""三级网络 (the network room): units, posts 岗位, people, and who may act for which unit."""
