export default function MyDay() {
  return <h1>Ma journée</h1>;
}
