variable "project" {
  type    = string
  default = "borealis"
}

variable "environment" {
  type = string
}

variable "region" {
  type    = string
  default = "eu-north-1"
}

variable "zones" {
  type    = list(string)
  default = ["a", "b", "c"]
}

variable "registry" {
  type    = string
  default = "123456789012.dkr.ecr.eu-north-1.amazonaws.com"
}

variable "release" {
  description = "Set by the pipeline."
  type        = string
}
