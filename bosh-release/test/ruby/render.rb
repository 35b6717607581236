# Renders a template of a job as `bosh create-env` and a Director do: real ERB, the helpers p and if_p, and only the
# properties that the job's spec declares, with their defaults.
#
#   ruby render.rb SPEC TEMPLATE < properties.json > rendered
require 'erb'
require 'json'
require 'yaml'

class Context
  def initialize(spec, given)
    @properties = {}
    spec.fetch('properties').each do |name, property|
      value = given.dig(*name.split('.'))
      @properties[name] = value.nil? ? property['default'] : value
    end
  end

  def p(name, *default)
    value = @properties[name]
    return value unless value.nil?
    return default.first unless default.empty?

    raise "Can't find property '#{name}'"
  end

  def if_p(*names)
    values = names.map { |name| @properties[name] }
    yield(*values) unless values.any?(&:nil?)
  end

  def template_binding
    binding
  end
end

spec, template = ARGV
context = Context.new(YAML.safe_load(File.read(spec, encoding: 'UTF-8')), JSON.parse($stdin.read))
erb = ERB.new(File.read(template), trim_mode: '-')
erb.filename = template
$stdout.write(erb.result(context.template_binding))
