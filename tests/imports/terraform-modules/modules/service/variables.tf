variable "name" {}
variable "cluster" {}
variable "cpu" {
  type = number
}
variable "memory" {
  type = number
}
variable "desired_count" {
  type = number
}
variable "image" {}
variable "port" {
  default = null
}
variable "subnets" {
  default = []
}
variable "security_group" {
  default = ""
}
variable "spread" {
  // Zones first.
  default = ["attribute:ecs.availability-zone", "instanceId"]
}
