-- Which towers are there?
SELECT * FROM 'parquet/towers.parquet';
